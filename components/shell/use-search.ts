"use client";

import { useEffect, useState } from "react";
import type { SearchAnswer } from "./types";

export type SearchState = { groups: SearchAnswer["groups"]; isLoading: boolean; failure?: string };

const idle: SearchState = { groups: [], isLoading: false };
const noAnswer = "The search did not answer. Type on to try again.";
const typingPauseMs = 150;

const isAnswer = (value: unknown): value is SearchAnswer =>
  typeof value === "object" && value !== null && "groups" in value && Array.isArray(value.groups);

/** Why, in the sentence of a problem (RFC 9457); ours where there is none. */
async function failureOf(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => undefined);
  const detail = typeof problem === "object" && problem !== null && "detail" in problem && problem.detail;
  return typeof detail === "string" ? detail : noAnswer;
}

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
        if (isAnswer(answer)) setState({ groups: answer.groups, isLoading: false });
        else setState({ groups: [], isLoading: false, failure: response.ok ? noAnswer : await failureOf(response) });
      } catch {
        if (!abort.signal.aborted) setState({ groups: [], isLoading: false, failure: noAnswer });
      }
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [url, q]);
  return state;
}
