export { isFromBrowser, mountAuthRoutes } from './auth-routes.js';
export { createSignIn, type Session, SignIn } from './sign-in.js';
export { SignInModule } from './sign-in.module.js';
export { trustedOrigins } from './trusted-origins.js';
