"use client";

import { Download, Pause, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { isTyping } from "../shell/list-keys";
import { Button, buttonClass } from "../ui/button";
import { formatDuration, spokenDuration } from "../ui/duration-format";
import { IconButton } from "../ui/icon-button";
import type { Peaks } from "./peaks";
import { usePlayback, usePlaybackValue } from "./playback-context";
import type { Turn } from "./types";
import { usePeaks } from "./use-peaks";
import { useRecordingSource } from "./use-recording-source";
import { Waveform } from "./waveform";

const speeds = [1, 1.25, 1.5, 2];
const arrowSeconds: Partial<Record<string, number>> = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5 };

export type CallPlayerProps = {
  /** Signed address of the recording; may change at any refresh. */
  src: string;
  downloadHref?: string;
  durationSeconds: number;
  turns: readonly Turn[];
  /** Known loudness; otherwise it is read from the sound. */
  peaks?: Peaks;
  /** Which channel of the recording is the agent's; the caller is the other. */
  agentChannel?: 0 | 1;
};

/** Plays a call inside `<CallPlayback>`: click or arrow keys seek, space plays, 1× to 2×. */
export function CallPlayer({
  src: fresh,
  downloadHref,
  turns,
  peaks: given,
  agentChannel = 1,
  ...props
}: CallPlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const playback = usePlayback();
  const { src, hasFailed, onError, onLoaded, retry } = useRecordingSource(audio, fresh);
  const [duration, setDuration] = useState(props.durationSeconds);
  const [speed, setSpeed] = useState(1);
  const [hasPlayed, setHasPlayed] = useState(false);
  const isPlaying = usePlaybackValue((now) => now.isPlaying, false);
  const seconds = usePlaybackValue((now) => Math.round(now.positionMs / 100) / 10, 0);
  const peaks = usePeaks({ src, given, turns, durationSeconds: duration, agentChannel, hasPlayed });

  useEffect(() => (audio.current && playback ? playback.attach(audio.current) : undefined), [playback]);

  useEffect(() => {
    if (!isPlaying || !playback) return;
    let frame = requestAnimationFrame(function tick() {
      playback.refresh();
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, playback]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isOnControl = event.target instanceof HTMLElement && event.target.closest("button, a, summary") !== null;
      if (event.key !== " " || event.metaKey || event.ctrlKey || isOnControl || isTypingButNotSeeking(event)) return;
      event.preventDefault();
      playback?.toggle();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [playback]);

  const changeSpeed = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };

  return (
    <section aria-label="Recording" data-print="hide" className="rounded-lg border bg-surface p-3">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript below is its caption, lit turn by turn */}
      <audio
        ref={audio}
        src={src}
        preload="metadata"
        onLoadedMetadata={(event) => {
          if (Number.isFinite(event.currentTarget.duration)) setDuration(event.currentTarget.duration);
          event.currentTarget.playbackRate = speed;
          onLoaded();
        }}
        onPlay={() => {
          setHasPlayed(true);
          playback?.refresh();
        }}
        onPause={playback?.refresh}
        onSeeked={playback?.refresh}
        onTimeUpdate={playback?.refresh}
        onEnded={playback?.refresh}
        onError={onError}
      />
      <div className="flex items-center gap-3">
        <IconButton
          label={isPlaying ? "Pause" : "Play"}
          variant="primary"
          className="rounded-full"
          onClick={() => playback?.toggle()}
        >
          {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden className="ml-0.5" />}
        </IconButton>
        <div className="flex h-20 flex-col justify-around text-xs text-muted max-sm:hidden" aria-hidden="true">
          <span>Agent</span>
          <span>Caller</span>
        </div>
        <div className="relative h-20 min-w-0 flex-1 rounded-md has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring">
          <Waveform peaks={peaks} played={duration > 0 ? Math.min(1, seconds / duration) : 0} />
          <input
            type="range"
            data-seek
            aria-label="Position in the recording"
            aria-valuetext={`${spokenDuration(seconds)} of ${spokenDuration(duration)}`}
            min={0}
            max={duration}
            step={0.1}
            value={seconds}
            onChange={(event) => playback?.seek(Number(event.currentTarget.value) * 1000)}
            onKeyDown={(event) => {
              const step = arrowSeconds[event.key];
              if (step === undefined) return;
              event.preventDefault();
              playback?.seek(Math.min(duration, seconds + step) * 1000);
            }}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
        </div>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2 text-xs text-muted">
        <span className="tabular">
          {formatDuration(seconds)} / {formatDuration(duration)}
        </span>
        <span className="ml-auto" />
        <Button
          size="sm"
          variant="ghost"
          onClick={changeSpeed}
          aria-label={`Speed ${speed} times, change`}
          className="tabular"
        >
          {speed}×
        </Button>
        {downloadHref && (
          <a href={downloadHref} download className={buttonClass({ variant: "ghost", size: "sm" })}>
            <Download aria-hidden />
            Download
          </a>
        )}
      </div>
      <div role="status" className="empty:sr-only">
        {hasFailed && (
          <p className="mt-2 flex items-center gap-3 text-xs text-failed">
            The recording could not be loaded. It is still stored.
            <Button size="sm" onClick={retry}>
              Try again
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}

const isTypingButNotSeeking = (event: KeyboardEvent) =>
  isTyping(event.target) && !(event.target instanceof HTMLElement && event.target.matches("[data-seek]"));
