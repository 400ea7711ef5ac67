import { expect, it } from "vitest";
import { textStream } from "./text-stream";

it("takes from its source only what is read, and ends it when given up", async () => {
  const made: number[] = [];
  let isEnded = false;
  async function* source() {
    try {
      for (let n = 0; ; n++) {
        made.push(n);
        yield `${n}é`;
      }
    } finally {
      isEnded = true;
    }
  }
  const reader = textStream(source()).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("0é");
  expect(made).toEqual([0]);
  await reader.cancel();
  expect(isEnded).toBe(true);
});
