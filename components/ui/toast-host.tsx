"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onToast, type ToastMessage } from "./toast";

const ToastList = dynamic(() => import("./toast-list").then((module) => module.ToastList), { ssr: false });

/** Where `toast.…` appears; the list itself is fetched with the first message. */
export function ToastHost() {
  const [messages, setMessages] = useState<readonly ToastMessage[]>([]);
  useEffect(() => onToast((message) => setMessages((all) => [...all.slice(-2), message])), []);
  return (
    <div
      aria-live="polite"
      data-print="hide"
      className="pointer-events-none fixed right-4 bottom-4 z-50 w-80 max-w-[calc(100%-2rem)] max-sm:bottom-20"
    >
      {messages.length > 0 && (
        <ToastList
          messages={messages}
          drop={(id) => setMessages((all) => all.filter((message) => message.id !== id))}
        />
      )}
    </div>
  );
}
