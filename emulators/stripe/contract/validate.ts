import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { invalid } from "../errors";
import type { Params } from "./form";
import type { OperationName } from "./operations";
import requests from "./requests.json" with { type: "json" };

interface Operation {
  method: string;
  pattern: string;
  params?: string;
}

/** Method and path of every operation, as the installed SDK sends it. */
export const sdkOperations = requests.operations as Record<OperationName, Operation>;

const ajv = new Ajv({ strict: false, coerceTypes: true, allErrors: true, verbose: true, inlineRefs: false }).addSchema(
  { definitions: requests.definitions },
  "stripe",
);
const compiled = new Map<string, ValidateFunction>();

interface RequestSchema {
  $ref?: string;
  properties?: Record<string, object>;
  required?: string[];
}

/** Refuses, in Stripe's words, what the SDK's types do not know; turns the form's texts into numbers and booleans. */
export function validateRequest(name: OperationName, params: Params): void {
  const root = rootOf(name);
  const unknown = Object.keys(params).find((key) => !Object.hasOwn(root.properties, key));
  if (unknown !== undefined) throw invalid(`Received unknown parameter: ${unknown}`, unknown, "parameter_unknown");
  // Each parameter's schema is compiled when it is first sent: most of the large ones never are.
  for (const key of Object.keys(params)) {
    const check = checkOf(root.pointer, key);
    if (!check(params)) throw refusal(check.errors ?? []);
  }
  const missing = root.required.find((key) => params[key] === undefined);
  if (missing) throw invalid(`Missing required param: ${missing}.`, missing, "parameter_missing");
}

function rootOf(name: OperationName): { pointer: string; properties: object; required: string[] } {
  const definitions = requests.definitions as Record<string, RequestSchema>;
  let id = sdkOperations[name].params;
  let schema = id === undefined ? undefined : definitions[id];
  if (schema?.$ref) {
    id = schema.$ref.slice("#/definitions/".length);
    schema = definitions[id];
  }
  const properties = schema?.properties ?? { expand: {} };
  return { pointer: `stripe#/definitions/${id}`, properties, required: schema?.required ?? [] };
}

function checkOf(pointer: string, key: string): ValidateFunction {
  const $ref = `${pointer}/properties/${key}`;
  const known = compiled.get($ref);
  if (known) return known;
  const made = ajv.compile({ type: "object", properties: { [key]: pointer.endsWith("undefined") ? {} : { $ref } } });
  compiled.set($ref, made);
  return made;
}

function refusal(errors: ErrorObject[]) {
  const unions = errors.filter((error) => error.keyword === "anyOf");
  // Of a union's branches, what failed deepest says most; a branch that another one would have taken says nothing.
  const telling = errors.filter((error) => error.keyword !== "anyOf");
  const unknown = telling.find((error) => error.keyword === "additionalProperties" && !isInsideUnion(error, unions));
  const first = unknown ?? [...telling].sort((a, b) => weight(b) - weight(a) || depth(b) - depth(a))[0] ?? unions[0];
  if (!first) return invalid("Invalid request");
  const where = nameOf(first.instancePath);
  const inside = (name: string) => (where === "" ? name : `${where}[${name}]`);
  switch (first.keyword) {
    case "additionalProperties": {
      const name = inside(String(first.params.additionalProperty));
      return invalid(`Received unknown parameter: ${name}`, name, "parameter_unknown");
    }
    case "required": {
      const name = inside(String(first.params.missingProperty));
      return invalid(`Missing required param: ${name}.`, name, "parameter_missing");
    }
    case "enum":
    case "const": {
      const allowed = allowedAt(first.instancePath, telling);
      const last = allowed.length > 1 ? ` or ${allowed.at(-1)}` : (allowed[0] ?? "");
      const list = allowed.length > 1 ? `one of ${allowed.slice(0, -1).join(", ")}${last ? `,${last}` : ""}` : last;
      return invalid(`Invalid ${where}: must be ${list}`, where);
    }
    case "type": {
      const wanted = String(first.params.type);
      const shown = String(typeof first.data === "object" ? JSON.stringify(first.data) : first.data).slice(0, 60);
      if (wanted === "integer" || wanted === "number")
        return invalid(`Invalid ${wanted}: ${shown}`, where, "parameter_invalid_integer");
      if (wanted === "boolean") return invalid(`Invalid boolean: ${shown}`, where);
      if (wanted === "object") return invalid("Invalid object", where);
      if (wanted === "array") return invalid("Invalid array", where);
      return invalid(`Invalid string: ${shown}`, where);
    }
    case "pattern":
      return invalid(`Invalid decimal: ${String(first.data)}; must contain at maximum twelve decimal places.`, where);
    default:
      return invalid(`Invalid ${where}: ${first.message}`, where);
  }
}

const depth = (error: ErrorObject) => error.instancePath.split("/").length;
const order = ["type", "enum", "const", "pattern", "required", "additionalProperties"];
const weight = (error: ErrorObject) => depth(error) * 10 + order.indexOf(error.keyword);
const isInsideUnion = (error: ErrorObject, unions: ErrorObject[]) =>
  unions.some((union) => error.instancePath.startsWith(union.instancePath) && union.instancePath !== "");

function allowedAt(path: string, errors: ErrorObject[]): string[] {
  const found = errors.filter((error) => error.instancePath === path);
  const values = found.flatMap((error) =>
    error.keyword === "enum"
      ? error.params.allowedValues
      : error.keyword === "const"
        ? [error.params.allowedValue]
        : [],
  );
  return [...new Set(values.map(String))].filter((value) => value !== "");
}

/** `/items/0/price` is `items[0][price]`. */
function nameOf(pointer: string): string {
  const [head = "", ...rest] = pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return head + rest.map((part) => `[${part}]`).join("");
}
