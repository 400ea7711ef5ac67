import { expect, it } from "vitest";
import { matchName } from "./match-name";

const services = [
  { id: "1", name: "Haircut", aliases: ["cut", "trim"] },
  { id: "2", name: "Haircut & Colour", aliases: ["dye"] },
  { id: "3", name: "Men's beard trim", aliases: [] },
  { id: "4", name: "Consultation", aliases: ["consult", "première visite"] },
];
const said = (text: string) => {
  const match = matchName(services, text);
  return match.kind === "one" ? match.item.id : match.kind === "several" ? match.items.map((s) => s.id).join() : "none";
};

it.each([
  ["Haircut", "1"],
  ["a haircut", "1"],
  ["haircuts please", "1"],
  ["hair cut", "1"],
  ["TRIM", "1"],
  ["haircut and colour", "2"],
  ["colour", "2"],
  ["a cut and colour", "2"],
  ["beard", "3"],
  ["beard trim", "3"],
  ["consultations", "4"],
  ["premiere visite", "4"],
  ["massage", "none"],
  ["", "none"],
])("%s", (text, expected) => {
  expect(said(text)).toBe(expected);
});

it("returns all that fit equally instead of choosing one", () => {
  const staff = [
    { id: "a", name: "Anna Berg" },
    { id: "b", name: "Anna Holm" },
  ];
  expect(matchName(staff, "Anna")).toEqual({ kind: "several", items: staff });
  expect(matchName(staff, "Anna Holm")).toEqual({ kind: "one", item: staff[1] });
});

it("takes the only thing there is when nothing was named", () => {
  expect(matchName([{ id: "a", name: "Anna" }], " ").kind).toBe("one");
});
