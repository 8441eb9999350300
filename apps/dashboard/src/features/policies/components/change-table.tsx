import { documentChanges } from '../document-changes';

/** What changes from one document to another, place by place. */
export function ChangeTable({ label, before, after }: { label: string; before: object; after: object }) {
  const changes = documentChanges(before, after);
  if (changes.length === 0) return <p className="text-sm text-ink-muted">Both say the same.</p>;
  return (
    <ul aria-label={label} className="flex flex-col text-xs">
      {changes.map(({ path, before: old, after: now }) => (
        <li
          key={path}
          className="grid gap-x-4 border-b border-rule py-1.5 last:border-0 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]"
        >
          <code className="font-mono break-all text-ink-muted">{path}</code>
          <span className="flex flex-wrap gap-x-2 font-mono">
            {old === null ? (
              <span className="text-signal-green">+ {now}</span>
            ) : (
              <>
                <del className="text-signal-red">{old}</del>
                {now === null ? (
                  <span className="font-sans text-ink-muted">taken out</span>
                ) : (
                  <>
                    <span aria-hidden>→</span>
                    <ins className="text-signal-green no-underline">{now}</ins>
                  </>
                )}
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
