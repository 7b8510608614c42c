// Follows one chain of the page server and throws everything away: what a reader of that chain cannot undercut.
// floor PORT glue|accounts|accounts-three. Prints {"pages":N}.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 16 << 20, TAIL = 4096 };
static char *page;
static char authority[64], token[TAIL];

static int connected(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) {
        perror("floor");
        exit(1);
    }
    return fd;
}

static void ask_glue(int fd) {
    char body[TAIL + 256], request[TAIL + 1024];
    int length = snprintf(body, sizeof body, "{\"JobName\":\"nightly-load\",\"MaxResults\":200%s%s%s}", token[0] ? ",\"NextToken\":\"" : "",
                          token, token[0] ? "\"" : "");
    int size = snprintf(request, sizeof request,
                        "POST / HTTP/1.1\r\nHost: %s\r\nX-Amz-Target: AWSGlue.GetJobRuns\r\nContent-Length: %d\r\n\r\n%s", authority, length, body);
    if (write(fd, request, size) != size) exit(1);
}

static void ask_accounts(int fd, const char *query) {
    char request[TAIL + 1024];
    const char *path = token[0] ? strchr(token + 7, '/') : "/api/data/v9.2/accounts";
    int size = snprintf(request, sizeof request, "GET %s%s HTTP/1.1\r\nHost: %s\r\nPrefer: odata.maxpagesize=5000\r\n\r\n", path,
                        token[0] ? "" : query, authority);
    if (write(fd, request, size) != size) exit(1);
}

// Reads one answer; its length. Only the last bytes are of interest.
static long read_answer(int fd) {
    long have = 0, whole = 0;
    while (!whole || have < whole) {
        long count = read(fd, page + have, MOST - have);
        if (count <= 0 || (have += count) >= MOST) exit(1);
        char *end = whole ? NULL : memmem(page, have, "\r\n\r\n", 4), *length = end ? strcasestr(page, "Content-Length: ") : NULL;
        if (length) whole = end + 4 - page + atol(length + 16);
    }
    return whole;
}

static int find_next(long size, const char *key) {
    long start = size > TAIL ? size - TAIL : 0;
    char *at = memmem(page + start, size - start, key, strlen(key));
    if (!at) return 0;
    at += strlen(key);
    char *end = memchr(at, '"', page + size - at);
    snprintf(token, sizeof token, "%.*s", (int)(end - at), at);
    return 1;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: floor PORT glue|accounts|accounts-three\n");
        return 2;
    }
    int glue = !strcmp(arguments[2], "glue"), pages = 0, fd = connected(atoi(arguments[1]));
    const char *query = !strcmp(arguments[2], "accounts-three") ? "?$select=accountid,name,revenue" : "";
    page = malloc(MOST);
    snprintf(authority, sizeof authority, "127.0.0.1:%s", arguments[1]);
    do {
        if (glue) ask_glue(fd);
        else ask_accounts(fd, query);
        pages++;
    } while (find_next(read_answer(fd), glue ? "\"NextToken\":\"" : "\"@odata.nextLink\":\""));
    printf("{\"pages\":%d}\n", pages);
}
