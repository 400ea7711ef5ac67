import { type CallRecord, type SpokenSegment, speechEndMs } from "../calls/call-record";
import { type Speech, sampleRate } from "../speech/speech";
import type { ArtifactKind } from "./storage";

/** Silence kept after the last word. */
export const tailMs = 400;

export function recordingMs(record: CallRecord): number {
  return speechEndMs(record) + tailMs;
}

/** 16-bit PCM at 16 kHz. Stereo: the assistant on channel 0 (left), the caller on channel 1. */
export async function renderRecording(
  record: CallRecord,
  kind: Exclude<ArtifactKind, "call-logs">,
  speech: Speech,
): Promise<Buffer> {
  const frames = Math.round((recordingMs(record) * sampleRate) / 1000);
  const left = kind === "customer-recording" ? undefined : await channel(record, "assistant", frames, speech);
  const right = kind === "assistant-recording" ? undefined : await channel(record, "user", frames, speech);
  if (kind === "stereo-recording" && left && right) return wav(frames, [left, right]);
  const mono = new Int16Array(frames);
  for (let index = 0; index < frames; index++) {
    const sum = (left?.[index] ?? 0) + (right?.[index] ?? 0);
    mono[index] = Math.max(-32_768, Math.min(32_767, sum));
  }
  return wav(frames, [mono]);
}

async function channel(
  record: CallRecord,
  speaker: SpokenSegment["speaker"],
  frames: number,
  speech: Speech,
): Promise<Int16Array> {
  const track = new Int16Array(frames);
  if (!record.hasSynthesisedSpeech) return track;
  for (const segment of record.timeline) {
    if (segment.speaker !== speaker) continue;
    const samples = await speech.samples(speaker, segment.text);
    const start = Math.round((segment.startMs * sampleRate) / 1000);
    const heard = Math.round((segment.durationMs * sampleRate) / 1000);
    track.set(samples.subarray(0, Math.max(0, Math.min(heard, frames - start))), start);
  }
  return track;
}

function wav(frames: number, channels: Int16Array[]): Buffer {
  const blockBytes = channels.length * 2;
  const file = Buffer.alloc(44 + frames * blockBytes);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(36 + frames * blockBytes, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * blockBytes, 28);
  file.writeUInt16LE(blockBytes, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(frames * blockBytes, 40);
  for (const [position, track] of channels.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      file.writeInt16LE(track[frame] ?? 0, 44 + frame * blockBytes + position * 2);
    }
  }
  return file;
}
