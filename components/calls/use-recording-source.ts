"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef, useState } from "react";

/**
 * The address of a recording is signed for minutes, and every refresh of the page brings a new one. The one in use is kept
 * while it works, so that nothing interrupts the sound; when it has expired the page is asked for another, once, and the
 * position is taken up again.
 */
export function useRecordingSource(audio: RefObject<HTMLAudioElement | null>, fresh: string) {
  const router = useRouter();
  const [src, setSrc] = useState(fresh);
  const [hasFailed, setHasFailed] = useState(false);
  const resume = useRef<{ at: number; andPlay: boolean }>(undefined);
  const isAsking = useRef(false);

  useEffect(() => {
    if (!isAsking.current || fresh === src) return;
    isAsking.current = false;
    setSrc(fresh);
  }, [fresh, src]);

  const onError = () => {
    const element = audio.current;
    if (!element) return;
    if (resume.current) {
      setHasFailed(true);
      return;
    }
    resume.current = { at: element.currentTime, andPlay: !element.paused };
    isAsking.current = true;
    router.refresh();
    setHasFailed(true);
  };

  const onLoaded = () => {
    const element = audio.current;
    setHasFailed(false);
    if (!element || !resume.current) return;
    const { at, andPlay } = resume.current;
    resume.current = undefined;
    element.currentTime = at;
    if (andPlay) element.play().catch(() => {});
  };

  const retry = () => {
    isAsking.current = true;
    router.refresh();
    audio.current?.load();
  };

  return { src, hasFailed, onError, onLoaded, retry };
}
