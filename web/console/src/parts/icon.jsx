/** @type {Record<string, string>} */
const PATHS = {
  entries: "M5 4h14v16H5zM9 9h6M9 13h6M9 17h3",
  accesses: "M2.5 12S6 5.5 12 5.5 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600",
  versions: "M4 12a8 8 0 1 0 2.500-5.800M4 4.500V8.500h4M12 8v4.500l3 2",
  backup: "M12 4v10M8 10.500 12 14.500 16 10.500M5 16v4h14v-4",
  settings: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h3M11 12h9M9 10v4",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
};

/** @param {{ name: string }} props */
export const Icon = ({ name }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={PATHS[name]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" /></svg>
);

export const Logo = () => (
  <svg class="logo" viewBox="0 0 64 64" aria-hidden="true">
    <rect width="64" height="64" rx="15" fill="#0b6478" />
    <path d="M32 11 50 25 43 51H21L14 25ZM14 25h36M32 11l-8 14 8 26 8-26Z" fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round" />
  </svg>
);
