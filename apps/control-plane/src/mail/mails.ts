import type { Mail } from './mailer.js';

const SIGNATURE = '\n\nTrunkline';

/** To a new user; the first call does not wait for it. */
export function verificationMail(to: string, url: string): Mail {
  return {
    to,
    subject: 'Confirm your e-mail address',
    text: `Open this address to confirm that ${to} is yours:\n\n${url}\n\nIt is good for one hour. If you did not sign up, do nothing.${SIGNATURE}`,
  };
}

export function passwordResetMail(to: string, url: string): Mail {
  return {
    to,
    subject: 'Set a new password',
    text: `Open this address to set a new password:\n\n${url}\n\nIt is good for one hour. If you did not ask for it, do nothing: your password stays as it is.${SIGNATURE}`,
  };
}

/** To somebody who tried to sign up with an address that has an account already. */
export function alreadySignedUpMail(to: string, dashboardUrl: string): Mail {
  return {
    to,
    subject: 'You have an account already',
    text: `Somebody, probably you, tried to sign up with ${to}. There is an account with this address: log in, or set a new password, at\n\n${dashboardUrl}${SIGNATURE}`,
  };
}

export function invitationMail(
  to: string,
  invitation: { inviter: string; organization: string; url: string },
): Mail {
  return {
    to,
    subject: `${invitation.inviter} invites you to ${invitation.organization}`,
    text: `${invitation.inviter} invites you to join ${invitation.organization} on Trunkline. Accept here:\n\n${invitation.url}\n\nThe invitation is good for seven days.${SIGNATURE}`,
  };
}
