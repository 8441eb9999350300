export { ForgotPasswordForm } from './components/forgot-password-form';
export { InvitationAnswer } from './components/invitation-answer';
export { LogInForm } from './components/log-in-form';
export { ResetPasswordForm } from './components/reset-password-form';
export { SignUpForm } from './components/sign-up-form';
