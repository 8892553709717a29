const MACHINE =
  /(?:^|[-_.+])(?:bot|ci|cd|ci-?cd|deploy(?:er|ment)?|pipeline|automation|automated|svc|service|service-?account|runner|robot|cron|build|jenkins|gitlab|github|terraform)\d*(?:$|[-_.+@])/i;

/** Named as people name what works by itself: `deploy-bot`, `svc-backup@example.com`. */
export function isMachineName(name: string): boolean {
  return MACHINE.test(name.slice(0, 300));
}
