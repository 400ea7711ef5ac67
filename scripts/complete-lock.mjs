// A registry that lacks some platforms' binaries leaves their entries out of package-lock.json, and `npm ci` then refuses the lock
// ("Missing: … from lock file"). This adds each missing optional package where npm would look for it. Run it after `npm install`.
import { readFileSync, writeFileSync } from "node:fs";

const OS = ["darwin", "win32", "linux", "android", "freebsd", "openbsd", "netbsd", "sunos", "aix", "openharmony"];
const CPU = ["arm64", "x64", "ia32", "arm", "ppc64", "s390x", "riscv64", "loong64", "mips64el", "wasm32"];
/** Words of package names that say a platform in another spelling. */
const ALIASES = {
  windows: "win32",
  linuxmusl: "linux",
  aarch64: "arm64",
  amd64: "x64",
  ppc64le: "ppc64",
  armv6: "arm",
  armv7: "arm",
  arm7: "arm",
};

const file = process.argv[2] ?? "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));
const { packages } = lock;

/** The entry Node would find for `name` from the package at `key`. */
function resolve(key, name) {
  for (let at = key; ; at = parentOf(at)) {
    const found = packages[`${at ? `${at}/` : ""}node_modules/${name}`];
    if (found || !at) return found;
  }
}

function parentOf(key) {
  const cut = key.lastIndexOf("/node_modules/");
  return cut < 0 ? "" : key.slice(0, cut);
}

function placeOf(key, name) {
  const at = key.lastIndexOf("node_modules/");
  const beside = `${at < 0 ? "" : key.slice(0, at)}node_modules/${name}`;
  return packages[beside] ? `${key}/node_modules/${name}` : beside;
}

/** npm skips a package whose os, cpu or libc is another's; where the registry cannot say which, the name does. */
function platformOf(name) {
  const words = (name.split("/").pop() ?? "").split(/[-_.]/).map((word) => ALIASES[word] ?? word);
  const os = words.filter((word) => OS.includes(word));
  const cpu = words.includes("universal") ? [] : words.filter((word) => CPU.includes(word));
  const libc = /musl/.test(name) ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
  return {
    ...(cpu.length > 0 ? { cpu: cpu.slice(0, 1) } : {}),
    ...(os.length > 0 ? { os: os.slice(0, 1) } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  };
}

const added = [];
for (const [key, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!/^\d/.test(version) || resolve(key, name)?.version === version) continue;
    const dev = entry.dev || entry.devOptional ? { dev: true } : {};
    packages[placeOf(key, name)] = { version, ...dev, optional: true, ...platformOf(name) };
    added.push(`${name}@${version}`);
  }
}
if (added.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(`${added.length} entries added to ${file}`);
