export const webhookUrl = (appUrl: string, connectionId: string): string =>
  `${appUrl.replace(/\/+$/, "")}/api/voice/vapi/${connectionId}`;
