import type { ReactNode } from "react";

export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-4xl flex-col px-4 sm:px-6">
      <main id="content" tabIndex={-1} className="flex-1 py-6 outline-none sm:py-12">
        {children}
      </main>
      <footer className="border-t py-4 text-xs text-muted">Booked with Caly, an open-source receptionist.</footer>
    </div>
  );
}
