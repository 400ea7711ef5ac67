import { expect, test } from "vitest";
import { toolTitle } from "./call-words";

test("a tool is called by what it does, and one that nobody knows by its name, whatever that is", () => {
  expect(["book_appointment", "send_fax", "constructor"].map(toolTitle)).toEqual([
    "Booked an appointment",
    "send fax",
    "constructor",
  ]);
});
