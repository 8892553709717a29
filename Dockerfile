# Two stages, so that what npm needed stays behind. Pin the digest of node:24-slim where you build.
FROM node:24-slim AS install
ENV NODE_COMPILE_CACHE=/redthread/.compile-cache
WORKDIR /redthread
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY src ./src
# Compiled once here, for a start in a third of the time: the running container cannot keep what it
# compiles. Node keeps it by user, so this is the user that runs it.
RUN mkdir .compile-cache && chown 65532:65532 .compile-cache
USER 65532:65532
RUN node -e "for (const file of ['cli/run-start', 'work-handlers', 'store/redis/open-redis-store', 'store/sqlite/open-sqlite-store', 'aws/sqs/consume-queue']) await import('./src/' + file + '.ts'); (await import('node:module')).flushCompileCache()"

FROM node:24-slim
ENV NODE_ENV=production NODE_COMPILE_CACHE=/redthread/.compile-cache REDTHREAD_DATA=/data PORT=3000 \
  BIND_HOST=0.0.0.0
WORKDIR /redthread
COPY --from=install /redthread/node_modules ./node_modules
COPY --from=install /redthread/.compile-cache ./.compile-cache
COPY package.json ./
COPY src ./src
RUN mkdir /data && chown 65532:65532 /data && rm -rf /opt/yarn* /usr/local/lib/node_modules/npm \
  /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/yarn /usr/local/bin/yarnpkg
USER 65532:65532
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Little of what is new stays: more room for it would only keep memory from others.
ENTRYPOINT ["node", "--max-semi-space-size=8", "src/main.ts"]
CMD ["start"]
