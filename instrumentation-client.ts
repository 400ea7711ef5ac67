import { startBrowserSentry } from "@/lib/platform/browser-sentry";

void startBrowserSentry(document);
