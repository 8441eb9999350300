import { cn } from '@/lib/class-names';

/** Two tracks that a switch joins: the sign of the house. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-2 text-[0.9375rem] font-semibold tracking-tight',
        className,
      )}
    >
      <svg viewBox="0 0 28 16" className="h-4 w-7" aria-hidden>
        <path
          d="M1 12.5h8l7-9h7"
          fill="none"
          className="stroke-accent"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <path
          d="M1 3.5h6"
          fill="none"
          className="stroke-rule-strong"
          strokeWidth="2.5"
          strokeLinecap="round"
        />
        <circle cx="24.5" cy="3.5" r="2.5" className="fill-accent" />
      </svg>
      Trunkline
    </span>
  );
}
