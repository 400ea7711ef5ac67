"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { isWanted, type LiveEvent, type LiveState, liveConnection } from "./connection";

/**
 * Listens to a stream of server-sent events whose data is `{"kind": …}`. Every call with the same `url` shares one
 * connection. `kinds` as in `isWanted`. Returns the state of the connection, to be shown when it is not "open".
 */
export function useLiveEvents(
  url: string,
  { kinds = [], onEvent }: { kinds?: readonly string[]; onEvent?: (event: LiveEvent) => void } = {},
): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  const receive = useEffectEvent((event: LiveEvent) => {
    if (isWanted(event.kind, kinds)) onEvent?.(event);
  });
  useEffect(() => {
    const connection = liveConnection(url);
    const stop = connection.listen({
      onEvent: (event) => receive(event),
      onState: (next) => setState(navigator.onLine ? next : "offline"),
    });
    const online = () => {
      setState(connection.state);
      connection.retryNow();
    };
    const offline = () => setState("offline");
    window.addEventListener("online", online);
    window.addEventListener("offline", offline);
    return () => {
      stop();
      window.removeEventListener("online", online);
      window.removeEventListener("offline", offline);
    };
  }, [url]);
  return state;
}
