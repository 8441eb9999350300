import { authAnswer, authClient } from '@/lib/auth-client';

export interface SignUpInput {
  name: string;
  email: string;
  password: string;
}

/** Makes the account and logs it in; the mail with the link to verify the address comes by itself. */
export function signUp(input: SignUpInput) {
  return authAnswer(authClient.signUp.email({ ...input, callbackURL: '/verify-email' }));
}
