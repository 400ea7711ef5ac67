import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/** Where the lines of stages that follow each other go. */
export type Output = { stdio: "inherit" | number; say(line: string): void };

export const onConsole: Output = { stdio: "inherit", say: (line) => console.log(line) };

/** Keeps what is said in `file` until `show` puts it on the console: of stages that run at once each is read whole. */
export function keptOutput(file: string): Output & { show(): void } {
  const descriptor = openSync(file, "a");
  return {
    stdio: descriptor,
    say: (line) => void writeSync(descriptor, `${line}\n`),
    show() {
      closeSync(descriptor);
      process.stdout.write(readFileSync(file));
    },
  };
}
