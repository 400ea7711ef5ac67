export type WavFacts = {
  durationMs: number;
  channels: number;
  /** Per channel, 0–100, evenly spaced over the recording. */
  peaks: number[][];
};

const POINTS = 600;
const PCM = 1;
const EXTENSIBLE = 0xfffe;

/**
 * Length, channels and outline of a 16-bit PCM WAV file; undefined for anything else.
 * A data chunk that claims more than the file holds (a stream cut short) counts as far as it goes.
 */
export function readWav(file: Uint8Array): WavFacts | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tag = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.length < 12 || tag(0) !== "RIFF" || tag(8) !== "WAVE") return undefined;
  let format: { channels: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (tag(at) === "fmt " && start + 16 <= file.length) {
      const code = view.getUint16(start, true);
      if (code !== PCM && code !== EXTENSIBLE) return undefined;
      format = {
        channels: view.getUint16(start + 2, true),
        rate: view.getUint32(start + 4, true),
        bits: view.getUint16(start + 14, true),
      };
    }
    if (tag(at) === "data") {
      if (format?.bits !== 16 || format.channels < 1 || format.channels > 8 || format.rate < 1) return undefined;
      return outline(view, start, Math.min(size, file.length - start), format);
    }
    at = start + size + (size % 2);
  }
  return undefined;
}

function outline(
  view: DataView,
  start: number,
  bytes: number,
  { channels, rate }: { channels: number; rate: number },
): WavFacts {
  const frames = Math.floor(bytes / (channels * 2));
  const points = Math.min(POINTS, Math.max(1, frames));
  const peaks = Array.from({ length: channels }, () => new Array<number>(points).fill(0));
  for (const [channel, line] of peaks.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      const value = Math.abs(view.getInt16(start + (frame * channels + channel) * 2, true));
      const point = Math.min(points - 1, Math.floor((frame * points) / frames));
      const level = Math.min(100, Math.round((value / 32_767) * 100));
      if (level > (line[point] ?? 0)) line[point] = level;
    }
  }
  return { durationMs: Math.round((frames / rate) * 1000), channels, peaks };
}
