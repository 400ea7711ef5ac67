import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

export default function OperatorLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-6xl flex-col px-5 print:max-w-none print:px-0">
      <header data-print="hide" className="flex items-center justify-between gap-6 py-4">
        <Link href="/o?choose" aria-label="Caly, your organisations">
          <Logo />
        </Link>
        <span className="text-muted">Operator</span>
      </header>
      <main id="content" className="flex-1 pb-12">
        {children}
      </main>
    </div>
  );
}
