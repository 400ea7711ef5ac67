import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** The address is not one a stranger may make us speak to. */
export class BlockedAddress extends Error {
  constructor(what: string) {
    super(`Not a public web address: ${what}`);
    this.name = "BlockedAddress";
  }
}

/** False for loopback, private, link-local, carrier, documentation, translated (NAT64, 6to4, Teredo) and every other special range. */
export function isPublicAddress(address: string): boolean {
  let ip = ipaddr.parse(address);
  if (ip instanceof ipaddr.IPv6 && ip.isIPv4MappedAddress()) ip = ip.toIPv4Address();
  // ::/96 is the abandoned "IPv4-compatible" form, which some systems still route to the IPv4 address.
  if (ip instanceof ipaddr.IPv6 && ip.parts.slice(0, 6).every((part) => part === 0)) return false;
  return ip.range() === "unicast";
}

/** Protocol, credentials and literal addresses; names are judged by what they resolve to, when the connection is made. */
export function assertPublicUrl(url: URL): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new BlockedAddress(url.protocol);
  if (url.username || url.password) throw new BlockedAddress("credentials in the address");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) && !isPublicAddress(host)) throw new BlockedAddress(host);
}

type Resolve = (name: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;
const resolveAll: Resolve = (name, done) => systemLookup(name, { all: true }, done);

/** A lookup for the socket itself, so that what was checked is what is connected to: a name that answers differently the second time gains nothing. */
export const publicLookup =
  (resolve: Resolve = resolveAll): LookupFunction =>
  (name, options, done) => {
    resolve(name, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error(`${name} has no address`), "", 0);
      if (addresses.some(({ address }) => !isPublicAddress(address))) return done(new BlockedAddress(name), "", 0);
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
