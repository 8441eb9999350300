export { invitationsQuery } from './api/members';
export { projectsQuery } from './api/projects-query';
export { Invitations } from './components/invitations';
export { MemberList } from './components/member-list';
export { OrganizationAudit } from './components/organization-audit';
export { OrganizationName } from './components/organization-name';
export { ProjectList } from './components/project-list';
