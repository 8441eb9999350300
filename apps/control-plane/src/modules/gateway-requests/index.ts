export { mountGatewayRoutes } from './mount-gateway-routes.js';
