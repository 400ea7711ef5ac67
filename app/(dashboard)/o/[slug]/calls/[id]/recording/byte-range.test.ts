import { expect, it } from "vitest";
import { byteRange } from "./byte-range";

it.each([
  ["bytes=0-99", { start: 0, end: 99 }],
  ["bytes=100-", { start: 100 }],
  ["bytes=-500", { suffix: 500 }],
  ["bytes=-0", { suffix: 0 }],
  ["bytes= 5-5", { start: 5, end: 5 }],
  [null, undefined],
  ["bytes=-", undefined],
  ["bytes=9-3", undefined],
  ["bytes=0-1,5-6", undefined],
  ["items=0-1", undefined],
  ["bytes=a-b", undefined],
  ["bytes=99999999999999999999-", undefined],
])("reads %s", (header, range) => {
  expect(byteRange(header)).toEqual(range);
});
