/** Put in by the build: the files that the page needs offline, and their SHA-256 in hex. */
declare const FILES: Record<string, string>;
interface Window {
  trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } };
}
/** Put in by the build: of @zxcvbn-ts/language-common, the part that matters. */
declare module "virtual:common-passwords" {
  export const passwords: string[];
  export const graphs: Record<string, Record<string, (string | null)[]>>;
}
