import { expect, test } from "vitest";
import { drawn, moved, resized } from "./week-spans";

const span = (from: number, to: number) => ({ startMinute: from * 60, endMinute: to * 60 });
const lunch = span(12, 13);

test("a drawn span snaps, goes either way, and ends where the next begins", () => {
  expect(drawn([], 545, 1021)).toEqual(span(9, 17));
  expect(drawn([], 17 * 60, 9 * 60)).toEqual(span(9, 17));
  expect(drawn([lunch], 9 * 60, 17 * 60)).toEqual(span(9, 12));
  expect(drawn([lunch], 17 * 60, 9 * 60)).toEqual(span(13, 17));
  expect(drawn([lunch], 12.5 * 60, 17 * 60)).toBeUndefined();
  expect(drawn([], 600, 600)).toEqual({ startMinute: 600, endMinute: 615 });
  expect(drawn([], 1439, 1600)).toEqual({ startMinute: 1425, endMinute: 1440 });
  expect(drawn([span(9, 12), { startMinute: 725, endMinute: 800 }], 722, 760)).toEqual({
    startMinute: 720,
    endMinute: 725,
  });
});

test("a moved span keeps its length and stays in the day, off the others", () => {
  expect(moved([], span(9, 12), 13.1 * 60)).toEqual(span(13, 16));
  expect(moved([], span(9, 12), 23 * 60)).toEqual(span(21, 24));
  expect(moved([], span(9, 12), -100)).toEqual(span(0, 3));
  expect(moved([lunch], span(9, 11), 11 * 60)).toBeUndefined();
  expect(moved([lunch], span(9, 11), 13 * 60)).toEqual(span(13, 15));
});

test("a resized span never turns over and never covers its neighbour", () => {
  expect(resized([lunch], span(9, 11), "end", 18 * 60)).toEqual(span(9, 12));
  expect(resized([lunch], span(13, 17), "start", 3 * 60)).toEqual(span(13, 17));
  expect(resized([], span(9, 11), "end", 0)).toEqual({ startMinute: 540, endMinute: 555 });
  expect(resized([], span(9, 11), "start", 1440)).toEqual({ startMinute: 645, endMinute: 660 });
});
