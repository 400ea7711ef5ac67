import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { checkPosted } from "./posted";

const FORM = "multipart/form-data; boundary=x";
const field = (name: string, value: string) =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const post = (body: string, headers: Record<string, string>) =>
  checkPosted(new Request("http://localhost/o/a", { method: "POST", body, headers }));
const action = (body: string) => post(body, { "next-action": "ab", "content-type": "text/plain;charset=UTF-8" });

test("what a browser sends passes", async () => {
  await post(`${field("$ACTION_ID_ab", "")}${field("name", "Ünï")}--x--\r\n`, { "content-type": FORM });
  const bound = field("1_name", "Anna") + field("0", '["salon",{"state":"idle"},"$K1"]');
  await post(`${bound}--x--\r\n`, { "next-action": "ab", "content-type": FORM });
  for (const sent of ["[]", '["salon","$undefined",3,null]', '["$$5 off","$D2026-11-21T10:00:00.000Z",{"a":"$0:1:b"}]'])
    await action(sent);
  await post("a=%ff", { "content-type": "application/x-www-form-urlencoded" });
});

test("what React writes passes, whatever a form's state holds", async () => {
  const { encodeReply } = createRequire(import.meta.url)(
    "next/dist/compiled/react-server-dom-turbopack/client.node",
  ) as {
    encodeReply(args: unknown[]): Promise<string | FormData>;
  };
  const form = new FormData();
  form.set("name", "$5 off \u00fc");
  const twice = { a: [1, -0, Number.NaN] };
  for (const args of [
    [],
    ["salon", { status: "idle" }, form],
    ["salon", { status: "failed", fields: undefined, values: { name: "$K1", at: new Date(0) } }, form],
    ["$", "$$", twice, twice, { again: twice, none: null }],
  ]) {
    const body = await encodeReply(args);
    const headers = { "next-action": "ab", ...(typeof body === "string" ? { "content-type": "text/plain" } : {}) };
    await checkPosted(new Request("http://localhost/o/a", { method: "POST", body, headers }));
  }
});

test.each(["", "x", "{}", "null", "[", '["$1:__proto__:x"]', '["$0:constructor"]', '["$n9"]', '["$F1"]', '["$5"]'])(
  "arguments that lead nowhere are refused: %s",
  async (sent) => {
    await expect(action(sent)).rejects.toMatchObject({ code: "invalid_input" });
  },
);

test("forms that cannot be read, and what is too large, are refused", async () => {
  const whole = `${field("a", "b")}--x--\r\n`;
  for (const [body, type] of [
    [whole, "multipart/form-data"],
    [whole, "multipart/form-data; boundary="],
    [whole, "Multipart/Form-Data; Boundary=x"],
    [whole, `${FORM}; charset=nope`],
    ['--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nval', FORM],
    ["", FORM],
  ] as const)
    await expect(post(body, { "content-type": type }), body + type).rejects.toMatchObject({ code: "invalid_input" });
  await expect(post(whole, { "content-type": FORM, "content-encoding": "gzip" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await expect(action("[".repeat(9999))).rejects.toMatchObject({ code: "invalid_input" });
  await expect(action(JSON.stringify(Array(60).fill(1)))).rejects.toMatchObject({ code: "invalid_input" });
  await expect(action(JSON.stringify(["y".repeat(1_100_000)]))).rejects.toMatchObject({ code: "payload_too_large" });
});
