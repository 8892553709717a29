# Two stages: npm is not in the image that runs. Pin the digest of node:24-slim where you build.
FROM node:24-slim AS install
WORKDIR /redthread
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production REDTHREAD_DATA=/data PORT=3000
WORKDIR /redthread
COPY --from=install /redthread/node_modules ./node_modules
COPY package.json ./
COPY src ./src
RUN mkdir /data && chown 65532:65532 /data
USER 65532:65532
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/main.ts"]
CMD ["start"]
