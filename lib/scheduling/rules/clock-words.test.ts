import { expect, it } from "vitest";
import { isoTime } from "./civil";
import { readClock } from "./clock-words";

it.each([
  ["15:30", "15:30"],
  ["09:30", "09:30"],
  ["9:30", "09:30 21:30"],
  ["3 pm", "15:00"],
  ["3pm", "15:00"],
  ["3 p.m.", "15:00"],
  ["11 AM", "11:00"],
  ["12 pm", "12:00"],
  ["12 am", "00:00"],
  ["12", "12:00 00:00"],
  ["at 7", "07:00 19:00"],
  ["seven", "07:00 19:00"],
  ["half past two", "02:30 14:30"],
  ["half past 2 in the afternoon", "14:30"],
  ["quarter to nine", "08:45 20:45"],
  ["quarter past twelve", "12:15 00:15"],
  ["ten to one", "12:50 00:50"],
  ["ten thirty", "10:30 22:30"],
  ["two fifteen pm", "14:15"],
  ["ten forty five", "10:45 22:45"],
  ["nine oh five", "09:05 21:05"],
  ["two o'clock", "02:00 14:00"],
  ["1530", "15:30"],
  ["noon", "12:00"],
  ["midnight", "00:00"],
  ["8 in the evening", "20:00"],
  ["15 pm", "15:00"],
  ["15 am", ""],
  ["25:00", ""],
  ["9:75", ""],
  ["whenever", ""],
  ["", ""],
])("%s is %s", (text, expected) => {
  expect((readClock(text) ?? []).map(isoTime).join(" ")).toBe(expected);
});
