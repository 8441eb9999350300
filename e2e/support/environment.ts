/** What the platform under test has said in its `dev.env`; the browser's setup puts it into the environment. */
export function platformEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the browser tests run through playwright.config.ts`);
  return value;
}
