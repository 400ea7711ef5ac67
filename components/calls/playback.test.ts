import { describe, expect, it, vi } from "vitest";
import { Playback, turnAt } from "./playback";

const turns = [
  { id: "a", offsetMs: 0, durationMs: 2000 },
  { id: "b", offsetMs: 2500, durationMs: null },
  { id: "c", offsetMs: 9000, durationMs: 1000 },
];

describe("the turn that is lit", () => {
  it.each([
    [0, "a"],
    [2400, "a"],
    [2500, "b"],
    [8999, "b"],
    [9500, "c"],
    [60_000, undefined],
  ])("at %s ms is %s", (ms, id) => {
    expect(turnAt(turns, ms)?.id).toBe(id);
  });

  it("is none before the first word", () => {
    expect(turnAt([{ offsetMs: 800, durationMs: 100 }], 200)).toBeUndefined();
  });
});

describe("playback", () => {
  const audio = () => ({
    currentTime: 0,
    paused: true,
    play() {
      this.paused = false;
      return Promise.resolve();
    },
    pause() {
      this.paused = true;
    },
  });

  it("moves the audio and tells everyone when a turn is clicked", () => {
    const playback = new Playback();
    const element = audio();
    const heard = vi.fn();
    playback.attach(element);
    playback.subscribe(heard);
    playback.seek(4200, true);
    expect(element.currentTime).toBe(4.2);
    expect(playback).toMatchObject({ positionMs: 4200, isPlaying: true });
    expect(heard).toHaveBeenCalled();
  });

  it("does nothing once the player has gone", () => {
    const playback = new Playback();
    const element = audio();
    playback.attach(element)();
    playback.seek(1000);
    playback.toggle();
    expect(element).toMatchObject({ currentTime: 0, paused: true });
  });
});
