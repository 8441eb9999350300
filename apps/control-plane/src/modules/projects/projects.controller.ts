import { Controller } from '@nestjs/common';
import type {
  CreateProjectInput,
  ListProjectsQuery,
  Project,
  UpdateProjectInput,
} from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { BodyOf, Params, QueryOf, Route } from '../../http/route.js';
import { createProject } from './create-project.js';
import { listProjects } from './list-projects.js';
import { updateProject } from './update-project.js';

@Controller()
export class ProjectsController {
  constructor(private readonly database: Database) {}

  @Route('listProjects')
  list(
    @CurrentMember() actor: MemberActor,
    @QueryOf('listProjects') query: ListProjectsQuery,
  ): Promise<{ items: Project[] }> {
    return listProjects(this.database, actor, query);
  }

  @Route('createProject')
  create(
    @CurrentMember() actor: MemberActor,
    @BodyOf('createProject') input: CreateProjectInput,
  ): Promise<Project> {
    return createProject(this.database, actor, input);
  }

  @Route('updateProject')
  update(
    @CurrentMember() actor: MemberActor,
    @Params('updateProject') { projectId }: { projectId: string },
    @BodyOf('updateProject') input: UpdateProjectInput,
  ): Promise<Project> {
    return updateProject(this.database, actor, projectId, input);
  }
}
