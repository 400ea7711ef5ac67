import { startBrowserSentry } from "@/lib/platform/browser-sentry";

startBrowserSentry(document);
