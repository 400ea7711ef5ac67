const TOKEN_IN_PATH = /\/(manage|offer|invite)\/[^/?#\s"'<>]+/g;

/** Takes out of paths what gives whoever knows it a right: "/manage/kJ3…/move" → "/manage/[token]/move". */
export const redactTokens = (text: string): string => text.replace(TOKEN_IN_PATH, "/$1/[token]");
