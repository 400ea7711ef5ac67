import { invalid } from "../errors";
import type { Params } from "./form";

const most = { keys: 50, keyLength: 40, valueLength: 500, emailLength: 512 };

/** What the SDK's types cannot say: how much metadata there may be, that an address is one. `params` have been held to the types. */
export function checkLimits(params: Params, within = ""): void {
  for (const [name, value] of Object.entries(params)) {
    const param = within === "" ? name : `${within}[${name}]`;
    if (name === "metadata") checkMetadata(value, param);
    else if (typeof value === "object" && value !== null) checkLimits(value as Params, param);
    else if (typeof value !== "string" || value === "") continue;
    else if (name.endsWith("_url")) checkAddress(value, param);
    else if (/(^|_)email$/.test(name) && value.length > most.emailLength)
      throw invalid(
        `Invalid string: must be at most ${most.emailLength} characters`,
        param,
        "parameter_invalid_string",
      );
  }
}

function checkMetadata(value: unknown, param: string): void {
  if (typeof value !== "object" || value === null) return;
  const entries = Object.entries(value);
  if (entries.length > most.keys) throw invalid(`Metadata can have up to ${most.keys} keys.`, param);
  for (const [key, text] of entries) {
    if (key.length > most.keyLength)
      throw invalid(`Metadata keys can have up to ${most.keyLength} characters.`, `${param}[${key}]`);
    if (String(text).length > most.valueLength)
      throw invalid(`Metadata values can have up to ${most.valueLength} characters.`, `${param}[${key}]`);
  }
}

/** Also with the placeholder in which Checkout writes the session's id. */
function checkAddress(text: string, param: string): void {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw invalid("Not a valid URL", param, "url_invalid");
}
