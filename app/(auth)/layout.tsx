import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="px-5 py-4">
        <Link href="/" aria-label="Caly, start page" className="inline-block">
          <Logo />
        </Link>
      </header>
      <main id="content" tabIndex={-1} className="flex flex-1 flex-col items-center px-5 pt-[8vh] pb-16 outline-none">
        {children}
      </main>
    </div>
  );
}
