'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '@/components/frame/page';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { NativeSelect } from '@/components/ui/field';
import { Time } from '@/components/ui/time';
import { browserApi, type Schemas } from '@/lib/api';
import { membersQuery } from '@/lib/queries/members-query';
import { toastFailure } from '@/lib/toast-failure';
import { useIsAdmin, useWorkspace } from '@/lib/workspace';
import { useChangeRole, useRemoveMember } from '../api/members';

type Member = Schemas['Member'];

export const ROLES: readonly Member['role'][] = ['owner', 'admin', 'member'];

function MemberRow({ member }: { member: Member }) {
  const { organization } = useWorkspace();
  const isAdmin = useIsAdmin();
  const changeRole = useChangeRole(organization.id);
  const remove = useRemoveMember(organization.id, member.id);
  const [asking, setAsking] = useState(false);
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        setAsking(false);
        if (member.isYou) window.location.assign('/');
      },
    });
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-rule py-2.5 text-sm">
      <div className="min-w-48 flex-1">
        <p className="font-medium">
          {member.name}{' '}
          {member.isYou ? <span className="text-xs font-normal text-ink-muted">you</span> : null}
        </p>
        <p className="text-xs text-ink-muted">
          {member.email} · since <Time value={member.createdAt} as="date" />
        </p>
      </div>
      <NativeSelect
        aria-label={`Role of ${member.name}`}
        className="h-8 w-32"
        disabled={!isAdmin || changeRole.isPending}
        value={changeRole.isPending ? changeRole.variables.role : member.role}
        onChange={(event) => {
          const role = ROLES.find((one) => one === event.target.value);
          if (role)
            changeRole.mutate(
              { memberId: member.id, role },
              { onError: (error) => toastFailure('The role was not changed', error) },
            );
        }}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {role}
          </option>
        ))}
      </NativeSelect>
      {isAdmin || member.isYou ? (
        <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
          {member.isYou ? 'Leave' : 'Remove'}
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={member.isYou ? `Leave ${organization.name}?` : `Remove ${member.name}?`}
        action={member.isYou ? 'Leave' : 'Remove'}
        busy="Removing…"
        pending={remove.isPending}
        error={remove.error}
        onConfirm={confirm}
      >
        <p>
          {member.isYou ? 'You see' : `${member.name} sees`} nothing of the organization any more, and the
          playground stops. Keys that {member.isYou ? 'you' : 'they'} made go on working: revoke them on their
          page if they should not.
        </p>
      </ConfirmDialog>
    </li>
  );
}

export function MemberList() {
  const { organization } = useWorkspace();
  const query = useQuery(membersQuery(browserApi, organization.id));
  return (
    <Section title="Members">
      <Loaded query={query} skeleton={<RowSkeletons rows={3} />}>
        {(members) => (
          <ul className="border-t border-rule-strong">
            {members.map((member) => (
              <MemberRow key={member.id} member={member} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
