// A small HTTP/1.1 server for paged APIs whose own cost does not count: one thread, epoll, a page is a head, a stretch of
// a file (sendfile) and a tail. Linux only. It knows what benchmark/README.md lists and refuses everything else, so that
// no client is measured on an answer that it did not ask for.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

enum { MOST_PARTS = 8, MEMORY = 32 * 1024, REQUEST = 32 * 1024, QUANTUM = 64 * 1024, NEVER = -1 };

// --- data ---------------------------------------------------------------------------------------------------------

// Rows as JSON objects joined by commas; index[i] is where row i starts, index[rows] the size + 1. Pages of `zipped_page`
// rows are there compressed as well: per page offset, length, CRC and length of the plain bytes.
typedef struct {
    int rows_fd, zipped_fd;
    int64_t rows, zipped_pages;
    const int64_t *index, *zipped;
    int zipped_page;
} Data;

static Data accounts, accounts_three, job_runs, fleet_runs;

static const void *mapped(const char *path, int64_t *size) {
    int fd = open(path, O_RDONLY);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) return NULL;
    *size = info.st_size;
    void *memory = mmap(NULL, info.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    return memory == MAP_FAILED ? NULL : memory;
}

static void load(Data *data, const char *folder, const char *name, int page) {
    char path[1024];
    int64_t size = 0;
    snprintf(path, sizeof path, "%s/%s.rows", folder, name);
    data->rows_fd = open(path, O_RDONLY);
    snprintf(path, sizeof path, "%s/%s.index", folder, name);
    data->index = mapped(path, &size);
    if (data->rows_fd < 0 || !data->index) {
        fprintf(stderr, "pageserver: %s/%s.rows or .index is missing\n", folder, name);
        exit(2);
    }
    data->rows = size / 8 - 1;
    snprintf(path, sizeof path, "%s/%s.gz", folder, name);
    data->zipped_fd = open(path, O_RDONLY);
    snprintf(path, sizeof path, "%s/%s.gzindex", folder, name);
    size = 0;
    data->zipped = mapped(path, &size);
    data->zipped_pages = size / 32;
    data->zipped_page = page;
}

// --- connections --------------------------------------------------------------------------------------------------

typedef struct {
    int fd; // NEVER for memory
    int64_t from, length;
} Part;

typedef struct Connection {
    int fd, received, parts, sent_parts, used, close_after;
    int64_t due; // no byte before this moment
    int waiting; // in the queue of those that wait for their moment
    struct Connection *next;
    Part part[MOST_PARTS];
    char request[REQUEST], memory[MEMORY];
} Connection;

static int poller, gzip_allowed, most_per_page = 1 << 20;
static int64_t delay_us, bytes_per_second;
static Connection *waiters;
static struct {
    int64_t requests, pages, rows, bytes, zipped, connections, in_flight, most_in_flight, first_us, last_us;
} seen;

static int64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void add_memory(Connection *c, const void *bytes, int length) {
    if (c->used + length > MEMORY || c->parts == MOST_PARTS) abort();
    memcpy(c->memory + c->used, bytes, length);
    c->part[c->parts++] = (Part){NEVER, c->used, length};
    c->used += length;
}

static void add_file(Connection *c, int fd, int64_t from, int64_t length) {
    if (c->parts == MOST_PARTS) abort();
    if (length > 0) c->part[c->parts++] = (Part){fd, from, length};
}

static void answer(Connection *c, const char *status, const char *type, const char *body, int length) {
    char head[512];
    int size = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", status, type, length);
    add_memory(c, head, size);
    add_memory(c, body, length);
}

static void refuse(Connection *c, const char *why) {
    char body[512];
    int size = snprintf(body, sizeof body, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"%s\"}}", why);
    answer(c, "400 Bad Request", "application/json", body, size);
}

// --- pages --------------------------------------------------------------------------------------------------------

typedef struct {
    Data *data;
    int64_t from, to;
    const char *head, *tail, *type;
    int zipped; // if it may be
} Page;

static int64_t fields(char *target, int size, const Page *page, const char *coding, int64_t length) {
    return snprintf(target, size, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%sContent-Length: %ld\r\n\r\n", page->type, coding,
                    (long)length);
}

static void stored(unsigned char *target, int last, int length) {
    target[0] = last;
    target[1] = length & 255, target[2] = length >> 8, target[3] = ~length & 255, target[4] = (~length >> 8) & 255;
}

// Head and tail as stored blocks of deflate around the compressed rows.
static void send_zipped(Connection *c, const Page *page) {
    const int64_t *entry = page->data->zipped + 4 * (page->from / page->data->zipped_page);
    int head = strlen(page->head), tail = strlen(page->tail);
    unsigned char open[15] = {31, 139, 8, 0, 0, 0, 0, 0, 0, 255}, close[5], end[8];
    stored(open + 10, 0, head);
    stored(close, 1, tail);
    uint32_t crc = crc32(0, (const Bytef *)page->head, head);
    crc = crc32_combine(crc, (uint32_t)entry[2], entry[3]);
    crc = crc32_combine(crc, crc32(0, (const Bytef *)page->tail, tail), tail);
    uint32_t size = head + entry[3] + tail;
    memcpy(end, &crc, 4), memcpy(end + 4, &size, 4);
    int64_t length = sizeof open + head + entry[1] + sizeof close + tail + sizeof end;
    char lines[512];
    add_memory(c, lines, fields(lines, sizeof lines, page, "Content-Encoding: gzip\r\n", length));
    add_memory(c, open, sizeof open), add_memory(c, page->head, head);
    add_file(c, page->data->zipped_fd, entry[0], entry[1]);
    add_memory(c, close, sizeof close), add_memory(c, page->tail, tail), add_memory(c, end, sizeof end);
    seen.bytes += length, seen.zipped++;
}

static void send_plain(Connection *c, const Page *page) {
    const Data *data = page->data;
    int64_t start = page->from < page->to ? data->index[page->from] : 0;
    int64_t rows = page->from < page->to ? data->index[page->to] - 1 - start : 0;
    int64_t length = strlen(page->head) + rows + strlen(page->tail);
    char lines[512];
    add_memory(c, lines, fields(lines, sizeof lines, page, "", length));
    add_memory(c, page->head, strlen(page->head));
    add_file(c, data->rows_fd, start, rows);
    add_memory(c, page->tail, strlen(page->tail));
    seen.bytes += length;
}

static void send_page(Connection *c, const Page *page) {
    const Data *data = page->data;
    int whole = page->from % data->zipped_page == 0 && (page->to - page->from == data->zipped_page || page->to == data->rows);
    if (page->zipped && gzip_allowed && data->zipped && page->from < page->to && whole) send_zipped(c, page);
    else send_plain(c, page);
    seen.pages++, seen.rows += page->to - page->from;
    c->due = now_us() + delay_us;
    if (!seen.first_us) seen.first_us = now_us();
}

// --- requests -----------------------------------------------------------------------------------------------------

typedef struct {
    char method[8], path[256], query[4096], *head, *body;
    int body_length;
} Request;

static int header(const Request *request, const char *name, char *value, int size) {
    int length = strlen(name);
    value[0] = 0;
    for (char *line = request->head; line && line < request->body;) {
        char *end = strstr(line, "\r\n");
        if (!end || end == line) break;
        if (!strncasecmp(line, name, length) && line[length] == ':') {
            char *start = line + length + 1;
            while (*start == ' ') start++;
            snprintf(value, size, "%.*s", (int)(end - start), start);
            return 1;
        }
        line = end + 2;
    }
    return 0;
}

static int hex(int c) { return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }

static void decode(char *text) {
    char *to = text;
    for (char *from = text; *from; from++) {
        if (*from == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0) *to++ = hex(from[1]) * 16 + hex(from[2]), from += 2;
        else *to++ = *from == '+' ? ' ' : *from;
    }
    *to = 0;
}

// OData: what of the query is understood. The rows stand in the order of importsequencenumber, which is their number.
typedef struct {
    Data *data;
    int64_t from, to, top, skip;
    int backwards;
    char kept[4096]; // the query without its $skiptoken, for the next link
    const char *refused;
} ODataQuery;

static int is_selection(char *list, const char *const *names, int count) {
    int found = 0, all = 0;
    char *state, copy[1024];
    snprintf(copy, sizeof copy, "%s", list);
    for (char *name = strtok_r(copy, ",", &state); name; name = strtok_r(NULL, ",", &state), all++)
        for (int i = 0; i < count; i++) found += !strcmp(name, names[i]);
    return found == count && all == count;
}

static void select_columns(ODataQuery *q, char *list) {
    static const char *const three[] = {"accountid", "name", "revenue"};
    static const char *const all[] = {"accountid", "name", "accountnumber", "emailaddress1", "address1_city", "revenue",
                                      "numberofemployees", "importsequencenumber", "statecode", "createdon", "modifiedon",
                                      "_ownerid_value"};
    if (is_selection(list, three, 3)) q->data = &accounts_three;
    else if (!is_selection(list, all, 12)) q->refused = "$select must name all columns or accountid, name, revenue";
}

static void narrow(ODataQuery *q, char *filter) {
    static const char column[] = "importsequencenumber ";
    char *state, *at;
    while ((at = strstr(filter, " and "))) memcpy(at, "\1\1\1\1\1", 5);
    for (char *part = strtok_r(filter, "\1", &state); part; part = strtok_r(NULL, "\1", &state)) {
        while (*part == '(') part++;
        char operator[3];
        long value;
        if (strncmp(part, column, sizeof column - 1) || sscanf(part + sizeof column - 1, "%2s %ld", operator, &value) != 2) {
            q->refused = "$filter may only compare importsequencenumber";
            return;
        }
        if (!strcmp(operator, "ge") && value > q->from) q->from = value;
        else if (!strcmp(operator, "gt") && value + 1 > q->from) q->from = value + 1;
        else if (!strcmp(operator, "lt") && value < q->to) q->to = value;
        else if (!strcmp(operator, "le") && value + 1 < q->to) q->to = value + 1;
        else if (!strcmp(operator, "eq")) q->from = value > q->from ? value : q->from, q->to = value + 1 < q->to ? value + 1 : q->to;
    }
    if (q->to < q->from) q->to = q->from;
}

static void option(ODataQuery *q, const char *raw) {
    char text[4096];
    snprintf(text, sizeof text, "%s", raw);
    decode(text);
    char *value = strchr(text, '=');
    if (value) *value++ = 0;
    if (!value) q->refused = "an option without a value";
    else if (!strcmp(text, "$skiptoken")) q->skip = atoll(value);
    else {
        int used = strlen(q->kept);
        snprintf(q->kept + used, sizeof q->kept - used, "%s%s", used ? "&" : "", raw);
        if (!strcmp(text, "$select")) select_columns(q, value);
        else if (!strcmp(text, "$filter")) narrow(q, value);
        else if (!strcmp(text, "$top")) q->top = atoll(value);
        else if (!strcmp(text, "$orderby") && !strncmp(value, "importsequencenumber", 20)) q->backwards = strstr(value, " desc") != NULL;
        else if (strcmp(text, "$count") || strcmp(value, "false")) q->refused = "an option that this server does not know";
    }
}

static ODataQuery odata_query(const Request *request) {
    ODataQuery q = {.data = &accounts, .to = accounts.rows, .top = INT64_MAX};
    char copy[4096], *state;
    snprintf(copy, sizeof copy, "%s", request->query);
    for (char *each = strtok_r(copy, "&", &state); each; each = strtok_r(NULL, "&", &state)) option(&q, each);
    if (q.backwards && q.top != 1) q.refused = "descending only with $top=1";
    if (q.backwards && q.to > q.from) q.from = q.to - 1;
    if (q.top < q.to - q.from) q.to = q.from + q.top;
    return q;
}

static int accepts_gzip(const Request *request) {
    char value[512];
    return header(request, "Accept-Encoding", value, sizeof value) && strstr(value, "gzip") != NULL;
}

static void odata(Connection *c, const Request *request) {
    ODataQuery q = odata_query(request);
    if (q.refused) {
        refuse(c, q.refused);
        return;
    }
    char prefer[512], host[256], head[1024], tail[8192];
    int64_t size = 5000;
    header(request, "Host", host, sizeof host);
    if (header(request, "Prefer", prefer, sizeof prefer) && strstr(prefer, "odata.maxpagesize="))
        size = atoll(strstr(prefer, "odata.maxpagesize=") + 18);
    if (size < 1 || size > 5000) size = 5000;
    int64_t from = q.from + q.skip, to = from + size < q.to ? from + size : q.to;
    if (from > to) from = to;
    snprintf(head, sizeof head, "{\"@odata.context\":\"http://%s/api/data/v9.2/$metadata#accounts\",\"value\":[", host);
    if (to < q.to)
        snprintf(tail, sizeof tail, "],\"@odata.nextLink\":\"http://%s%s?%s%s$skiptoken=%ld\"}", host, request->path, q.kept,
                 q.kept[0] ? "&" : "", (long)(to - q.from));
    else strcpy(tail, "]}");
    Page page = {q.data, from, to, head, tail, "application/json; odata.metadata=minimal", accepts_gzip(request)};
    send_page(c, &page);
}

static int64_t number_after(const Request *request, const char *key, int64_t otherwise) {
    char *at = strstr(request->body, key);
    if (!at) return otherwise;
    at += strlen(key);
    while (*at && (*at == '"' || *at == ':' || *at == ' ')) at++;
    return atoll(at);
}

static const char TOKEN[] = "eyJleHBpcmF0aW9uIjp7InNlY29uZHMiOjE3OTUzMTQwMDAsIm5hbm9zIjo0MTAwMDAwMDB9LCJsYXN0RXZhbHVhdGVkS2V5Ijp7Im";

static void glue_runs(Connection *c, const Request *request) {
    int fleet = strstr(request->body, "\"job-") != NULL;
    Data *data = fleet ? &fleet_runs : &job_runs;
    int64_t each = fleet ? data->rows / 100 : data->rows;
    int64_t start = fleet ? number_after(request, "\"job-", 0) * each : 0;
    int64_t size = number_after(request, "\"MaxResults\"", 200), position = number_after(request, TOKEN, 0);
    if (size < 1 || size > 200) size = 200;
    if (size > most_per_page) size = most_per_page;
    if (start < 0 || start + each > data->rows || position < 0 || position > each) {
        refuse(c, "no such job or position");
        return;
    }
    int64_t from = start + position, to = position + size < each ? from + size : start + each;
    char tail[512];
    if (to < start + each) snprintf(tail, sizeof tail, "],\"NextToken\":\"%s%09ld\"}", TOKEN, (long)(to - start));
    else strcpy(tail, "]}");
    Page page = {data, from, to, "{\"JobRuns\":[", tail, "application/x-amz-json-1.1", accepts_gzip(request)};
    send_page(c, &page);
}

static void glue_jobs(Connection *c) {
    static char body[16 * 1024];
    int used = sprintf(body, "{\"Jobs\":[");
    for (int i = 0; i < 100; i++)
        used += sprintf(body + used, "%s{\"Name\":\"job-%03d\",\"Role\":\"loader\",\"MaxRetries\":0}", i ? "," : "", i);
    used += sprintf(body + used, "]}");
    seen.pages++, seen.rows += 100, seen.bytes += used;
    if (!seen.first_us) seen.first_us = now_us();
    answer(c, "200 OK", "application/x-amz-json-1.1", body, used);
    c->due = now_us() + delay_us;
}

static const char *metadata;
static int64_t metadata_size;

static void statistics(Connection *c, int reset) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    char body[1024];
    int size = snprintf(body, sizeof body,
                        "{\"requests\":%ld,\"pages\":%ld,\"rows\":%ld,\"bytes\":%ld,\"zipped\":%ld,\"connections\":%ld,"
                        "\"most_in_flight\":%ld,\"chain_us\":%ld,\"cpu_us\":%ld}\n",
                        (long)seen.requests, (long)seen.pages, (long)seen.rows, (long)seen.bytes, (long)seen.zipped,
                        (long)seen.connections, (long)seen.most_in_flight, (long)(seen.last_us - seen.first_us),
                        (long)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000L + u.ru_utime.tv_usec + u.ru_stime.tv_usec);
    answer(c, "200 OK", "application/json", body, size);
    if (reset) memset(&seen, 0, sizeof seen);
}

static void handle(Connection *c, const Request *request) {
    char target[128];
    if (!strcmp(request->path, "/stats") || !strcmp(request->path, "/reset")) {
        statistics(c, request->path[1] == 'r');
        return;
    }
    seen.requests++;
    if (!strcmp(request->method, "POST") && header(request, "X-Amz-Target", target, sizeof target)) {
        if (!strcmp(target, "AWSGlue.GetJobRuns")) glue_runs(c, request);
        else if (!strcmp(target, "AWSGlue.GetJobs")) glue_jobs(c);
        else refuse(c, "only GetJobs and GetJobRuns");
    } else if (strstr(request->path, "/accounts")) odata(c, request);
    else if (strstr(request->path, "/$metadata") || strstr(request->path, "/%24metadata"))
        answer(c, "200 OK", "application/xml", metadata, metadata_size);
    else answer(c, "404 Not Found", "text/plain", "nothing here\n", 13);
}

// --- the loop -----------------------------------------------------------------------------------------------------

static void drop(Connection *c) {
    for (Connection **at = &waiters; *at; at = &(*at)->next)
        if (*at == c) {
            *at = c->next;
            break;
        }
    if (c->parts) seen.in_flight--;
    close(c->fd);
    free(c);
}

static void watch(Connection *c, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &event);
}

static void wait_until(Connection *c, int64_t due) {
    c->due = due, c->waiting = 1, c->next = waiters, waiters = c;
    watch(c, 0);
}

// Undoes the chunks of a body in place; the bytes taken off the connection, 0 when more must come.
static int unchunk(char *body, int available, int *length) {
    char *from = body, *to = body, *end = body + available;
    for (;;) {
        char *line = memmem(from, end - from, "\r\n", 2);
        if (!line) return 0;
        long size = strtol(from, NULL, 16);
        if (line + 2 + size + 2 > end) return 0;
        if (size == 0) {
            *length = to - body;
            return line + 4 - body;
        }
        memmove(to, line + 2, size);
        to += size, from = line + 2 + size + 2;
    }
}

// Takes one whole request off the connection and prepares its answer: 1 done, 0 more must come, -1 it is none.
static int take_request(Connection *c) {
    c->request[c->received] = 0;
    char *blank = strstr(c->request, "\r\n\r\n");
    if (!blank) return c->received == REQUEST - 1 ? -1 : 0;
    static char copy[REQUEST];
    memcpy(copy, c->request, c->received + 1);
    Request request = {.head = strstr(copy, "\r\n") + 2, .body = copy + (blank + 4 - c->request)};
    char target[4352], value[256];
    if (sscanf(copy, "%7s %4351s", request.method, target) != 2) return -1;
    char *mark = strchr(target, '?');
    if (mark) *mark = 0;
    snprintf(request.path, sizeof request.path, "%.255s", target);
    snprintf(request.query, sizeof request.query, "%s", mark ? mark + 1 : "");
    int available = c->received - (request.body - copy), taken = 0;
    if (header(&request, "Transfer-Encoding", value, sizeof value)) {
        taken = unchunk(request.body, available, &request.body_length);
    } else {
        request.body_length = header(&request, "Content-Length", value, sizeof value) ? atoi(value) : 0;
        taken = available >= request.body_length ? request.body_length : 0;
        if (request.body_length == 0) taken = 0;
        else if (!taken) taken = NEVER;
    }
    if (taken == NEVER || (taken == 0 && header(&request, "Transfer-Encoding", value, sizeof value))) {
        if (available == 0 && header(&request, "Expect", value, sizeof value)) send(c->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL);
        return 0;
    }
    request.body[request.body_length] = 0;
    c->close_after = header(&request, "Connection", value, sizeof value) && strcasestr(value, "close");
    c->parts = c->sent_parts = c->used = 0, c->due = 0;
    handle(c, &request);
    int whole = request.body - copy + taken;
    memmove(c->request, c->request + whole, c->received - whole);
    c->received -= whole;
    if (++seen.in_flight > seen.most_in_flight) seen.most_in_flight = seen.in_flight;
    return 1;
}

// Sends what the socket takes, and no faster than allowed: 1 all, 0 the socket is full, 2 too fast, -1 gone.
static int send_parts(Connection *c) {
    while (c->sent_parts < c->parts) {
        Part *part = &c->part[c->sent_parts];
        int64_t most = bytes_per_second && part->length > QUANTUM ? QUANTUM : part->length;
        off_t from = part->from;
        int more = c->sent_parts + 1 < c->parts ? MSG_MORE : 0;
        ssize_t count = part->fd == NEVER ? send(c->fd, c->memory + part->from, most, MSG_NOSIGNAL | more)
                                          : sendfile(c->fd, part->fd, &from, most);
        if (count < 0 && errno == EAGAIN) return 0;
        if (count <= 0) return -1;
        part->from += count, part->length -= count;
        if (part->length == 0) c->sent_parts++;
        if (bytes_per_second && part->fd != NEVER) {
            c->due = (c->due > now_us() - 100000 ? c->due : now_us()) + count * 1000000 / bytes_per_second;
            if (c->due > now_us()) return 2;
        }
    }
    return 1;
}

static void proceed(Connection *c) {
    for (;;) {
        if (c->parts == 0) {
            int taken = take_request(c);
            if (taken < 0) drop(c);
            else if (taken == 0) watch(c, EPOLLIN);
            if (taken <= 0) return;
        }
        if (c->sent_parts == 0 && c->due > now_us()) {
            wait_until(c, c->due);
            return;
        }
        int sent = send_parts(c);
        if (sent < 0) drop(c);
        else if (sent == 0) watch(c, EPOLLOUT);
        else if (sent == 2) wait_until(c, c->due);
        if (sent != 1) return;
        int flush = 1;
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &flush, sizeof flush); // what MSG_MORE may have held back
        seen.in_flight--, seen.last_us = now_us();
        c->parts = 0;
        if (c->close_after) {
            drop(c);
            return;
        }
    }
}

static void accept_all(int listener) {
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        Connection *c = calloc(1, sizeof *c);
        c->fd = fd, seen.connections++;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    }
}

static void on_event(Connection *c, uint32_t events) {
    if (c->waiting) {
        if (events & (EPOLLHUP | EPOLLERR)) drop(c);
        return;
    }
    if (c->parts == 0) {
        ssize_t count = recv(c->fd, c->request + c->received, REQUEST - 1 - c->received, 0);
        if (count < 0 && errno == EAGAIN) return;
        if (count <= 0) {
            drop(c);
            return;
        }
        c->received += count;
    }
    proceed(c);
}

static void wake_due(void) {
    Connection *due = NULL;
    int64_t now = now_us();
    for (Connection **at = &waiters; *at;) {
        Connection *c = *at;
        if (c->due > now) at = &c->next;
        else *at = c->next, c->next = due, due = c;
    }
    while (due) {
        Connection *c = due;
        due = c->next, c->next = NULL, c->waiting = 0;
        proceed(c);
    }
}

static void serve(int listener) {
    struct epoll_event events[64], accepting = {.events = EPOLLIN, .data.ptr = NULL};
    poller = epoll_create1(0);
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &accepting);
    for (;;) {
        int64_t first = INT64_MAX, now = now_us();
        for (Connection *c = waiters; c; c = c->next) first = c->due < first ? c->due : first;
        int64_t left = first > now ? first - now : 0;
        struct timespec timeout = {left / 1000000, left % 1000000 * 1000};
        int count = epoll_pwait2(poller, events, 64, waiters ? &timeout : NULL, NULL);
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr) on_event(events[i].data.ptr, events[i].events);
            else accept_all(listener);
        }
        if (waiters) wake_due();
    }
}

static int listening(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 1024) || getsockname(fd, (struct sockaddr *)&address, &size)) {
        perror("pageserver");
        exit(2);
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

int main(int count, char **arguments) {
    const char *folder = NULL;
    char path[1024];
    int port = 0;
    signal(SIGPIPE, SIG_IGN);
    for (int i = 1; i < count; i++) {
        const char *name = arguments[i], *value = i + 1 < count ? arguments[i + 1] : "";
        if (!strcmp(name, "--gzip")) gzip_allowed = 1;
        else if (!strcmp(name, "--data")) folder = value, i++;
        else if (!strcmp(name, "--port")) port = atoi(value), i++;
        else if (!strcmp(name, "--delay-ms")) delay_us = atof(value) * 1000, i++;
        else if (!strcmp(name, "--mbit")) bytes_per_second = atof(value) * 125000, i++;
        else if (!strcmp(name, "--most-per-page")) most_per_page = atoi(value), i++;
        else folder = NULL, i = count;
    }
    if (!folder) {
        fprintf(stderr, "usage: pageserver --data FOLDER [--port N] [--delay-ms N] [--mbit N] [--gzip] [--most-per-page N]\n"
                        "prints the port on which it listens\n");
        return 2;
    }
    load(&accounts, folder, "accounts", 5000), load(&accounts_three, folder, "accounts_three", 5000);
    load(&job_runs, folder, "job_runs", 200), load(&fleet_runs, folder, "fleet_runs", 200);
    snprintf(path, sizeof path, "%s/metadata.xml", folder);
    metadata = mapped(path, &metadata_size);
    if (!metadata) {
        fprintf(stderr, "pageserver: %s is missing\n", path);
        return 2;
    }
    serve(listening(port));
}
