"use client";

import { useEffect, useState } from "react";
import type { SearchAnswer } from "./types";

export type SearchState = { groups: SearchAnswer["groups"]; isLoading: boolean; hasFailed: boolean };

const idle: SearchState = { groups: [], isLoading: false, hasFailed: false };
const typingPauseMs = 150;

const isAnswer = (value: unknown): value is SearchAnswer =>
  typeof value === "object" && value !== null && "groups" in value && Array.isArray(value.groups);

/** Asks `url?q=` once typing pauses; an answer to an older question is dropped. Below two letters nothing is asked. */
export function useSearch(url: string | undefined, question: string): SearchState {
  const [state, setState] = useState(idle);
  const q = question.trim();
  useEffect(() => {
    if (!url || q.length < 2) {
      setState(idle);
      return;
    }
    const abort = new AbortController();
    setState((now) => ({ ...now, isLoading: true }));
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`${url}?q=${encodeURIComponent(q)}`, { signal: abort.signal });
        const answer: unknown = response.ok ? await response.json() : undefined;
        setState({ groups: isAnswer(answer) ? answer.groups : [], isLoading: false, hasFailed: !isAnswer(answer) });
      } catch {
        if (!abort.signal.aborted) setState({ groups: [], isLoading: false, hasFailed: true });
      }
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [url, q]);
  return state;
}
