import { authAnswer, authClient } from '@/lib/auth-client';

export interface LogInInput {
  email: string;
  password: string;
}

export function logIn(input: LogInInput) {
  return authAnswer(authClient.signIn.email({ ...input, rememberMe: true }));
}
