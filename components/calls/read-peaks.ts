import { type Peaks, peaksOf } from "./peaks";

// Enough for a picture, and an hour of it stays under 60 MB while it is being read.
const sampleRate = 4000;

/** Fetches the recording once and reads its two channels; a recording with one channel is drawn as the agent's. */
export async function readPeaks(
  src: string,
  options: { buckets: number; agentChannel: 0 | 1; signal: AbortSignal },
): Promise<Peaks> {
  const response = await fetch(src, { signal: options.signal });
  if (!response.ok) throw new Error(`The recording answered ${response.status}`);
  const context = new OfflineAudioContext(1, 1, sampleRate);
  const sound = await context.decodeAudioData(await response.arrayBuffer());
  const side = (channel: number) =>
    channel < sound.numberOfChannels ? peaksOf(sound.getChannelData(channel), options.buckets) : [];
  return sound.numberOfChannels < 2
    ? { agent: side(0), caller: [] }
    : { agent: side(options.agentChannel), caller: side(1 - options.agentChannel) };
}
