import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";
import { ButtonLink } from "@/components/ui/button";

export default function MarketingLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg border bg-surface px-3 py-2 font-medium shadow-float focus:translate-y-0"
      >
        Skip to the page
      </a>
      <header className="mx-auto flex w-full max-w-6xl items-center gap-6 px-5 py-4">
        <Link href="/" aria-label="Caly, start page">
          <Logo />
        </Link>
        <nav aria-label="Main" className="ml-auto flex items-center gap-5 text-muted">
          <a href="/#how" className="hover:text-ink max-sm:hidden">
            How it works
          </a>
          <a href="/#promises" className="hover:text-ink max-sm:hidden">
            Promises
          </a>
          <a href="/#pricing" className="hover:text-ink max-sm:hidden">
            Pricing
          </a>
          <a href="/#open-source" className="hover:text-ink max-sm:hidden">
            Open source
          </a>
          <ButtonLink href="/sign-in">Sign in</ButtonLink>
        </nav>
      </header>
      <main id="content" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <footer className="mt-20 border-t">
        <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-6 gap-y-2 px-5 py-6 text-muted">
          <Logo className="text-ink" />
          <p>An open-source phone receptionist for businesses, under the MIT licence.</p>
          <Link href="/help/billing" className="ml-auto hover:text-ink hover:underline">
            How calls are counted
          </Link>
        </div>
      </footer>
    </div>
  );
}
