/** Where mails go on an installation that sends none. */
export function MailHint({ mail }: { mail: 'smtp' | 'mailbox' }) {
  if (mail === 'smtp') return null;
  return (
    <p className="border-l-2 border-rule-strong pl-3 text-ink-muted">
      This installation sends no mails: each is a file in the folder that{' '}
      <code className="font-mono">MAILBOX_DIR</code> names.
    </p>
  );
}
